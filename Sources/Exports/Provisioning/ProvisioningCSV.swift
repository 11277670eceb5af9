public import ProvisioningModel

/// `playthroughs.csv`: every game of every way, in the order of replications.
public enum ProvisioningCSV {
  public static func text(_ study: ProvisioningStudy) -> String {
    var text = "way,replication,hands_on_s,waiting_s,elapsed_s,day,steps,setbacks\n"
    for way in study.ways {
      let name = way.name.contains(",") ? "\"\(way.name)\"" : way.name
      for (index, game) in way.games.enumerated() {
        text += "\(name),\(index),\(game.handsOn),\(game.waiting),\(game.elapsed),"
        text += "\(game.day),\(game.steps),\(game.setbacks)\n"
      }
    }
    return text
  }
}
