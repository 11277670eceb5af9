import Documents
import Experiments

/// `datapackage.json`: what each file and each column holds (Frictionless Data Package 1,
/// https://specs.frictionlessdata.io/data-package/).
enum DataPackage {
  private struct Field {
    var name: String
    var type: String
    var description: String
  }

  static func text(_ design: LoadedDesign, version: String, hasMetrics: Bool) -> String {
    let experiment = design.experiment
    var json = JSONWriter()
    json.object { json in
      json.field("profile", "tabular-data-package")
      json.field("name", experiment.name)
      json.field("title", "Runs of the experiment \(experiment.name)")
      json.field(
        "description",
        "Made by seatrial \(version) from \(design.scenario), seed \(experiment.seed)")
      json.field(
        "resources",
        array: { json in
          write("runs", "One row for each run", runFields(experiment), to: &json)
          if hasMetrics {
            write("metrics", "One row for each figure of each run", metricFields, to: &json)
          }
        })
    }
    return json.text
  }

  private static func runFields(_ experiment: DesignedExperiment) -> [Field] {
    var fields = [Field(name: "point", type: "integer", description: "Place in the design, from 0")]
    fields += experiment.factors.enumerated().map { index, name in
      let isNumeric = experiment.points.allSatisfy { Double($0.values[index]) != nil }
      return Field(name: name, type: isNumeric ? "number" : "string", description: "Factor")
    }
    fields += [
      Field(name: "replication", type: "integer", description: "From 0; the same luck everywhere"),
      Field(
        name: "seed", type: "string", description: "A whole number of 64 bits, for run --seed"),
      Field(name: "digest", type: "string", description: "Fingerprint of the run's trace"),
    ]
    return fields
      + experiment.responses.map {
        Field(name: $0.name, type: "number", description: "\($0.metric) at the run's end")
      }
  }

  private static let metricFields = [
    Field(name: "point", type: "integer", description: "Place in the design, from 0"),
    Field(name: "replication", type: "integer", description: "From 0"),
    Field(name: "metric", type: "string", description: "Name with labels, as summary.json has it"),
    Field(name: "value", type: "number", description: "At the run's end"),
  ]

  private static func write(
    _ name: String, _ title: String, _ fields: [Field], to json: inout JSONWriter
  ) {
    json.object { json in
      json.field("profile", "tabular-data-resource")
      json.field("name", name)
      json.field("title", title)
      json.field("path", "\(name).csv")
      json.field("format", "csv")
      json.field("mediatype", "text/csv")
      json.field("encoding", "utf-8")
      json.field(
        "schema",
        object: { json in
          json.field(
            "fields",
            array: { json in
              for field in fields {
                json.object { json in
                  json.field("name", field.name)
                  json.field("type", field.type)
                  json.field("description", field.description)
                }
              }
            })
        })
    }
  }
}
