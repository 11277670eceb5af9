import Documents

/// Understands the command lines people type; the same for scenarios and for a live server.
public enum CommandParser {
  /// What is understood, a line a command.
  public static let understood = [
    "kubectl scale TYPE/NAME --replicas=N",
    "kubectl delete TYPE NAME… | -l SELECTOR | -f FILE",
    "kubectl get TYPE [NAME…]",
    "kubectl apply -f FILE",
    "kubectl cordon NODE… | -l SELECTOR",
    "kubectl uncordon NODE… | -l SELECTOR",
    "kubectl drain NODE… | -l SELECTOR",
    "aws ec2 stop-instances --instance-ids ID…",
    "aws ec2 start-instances --instance-ids ID…",
    "aws ec2 terminate-instances --instance-ids ID…",
    "aws ec2 describe-instances [--instance-ids ID…]",
    "aws autoscaling update-auto-scaling-group --auto-scaling-group-name NAME [--min-size N] "
      + "[--max-size N] [--desired-capacity N]",
    "aws autoscaling set-desired-capacity --auto-scaling-group-name NAME --desired-capacity N",
    "aws autoscaling terminate-instance-in-auto-scaling-group --instance-id ID "
      + "--should-decrement-desired-capacity | --no-should-decrement-desired-capacity",
    "aws autoscaling describe-auto-scaling-groups [--auto-scaling-group-names NAME…]",
  ]

  /// The command that `text` is; refuses what is not understood, with the place in the text.
  public static func parse(_ text: String) throws(CommandError) -> Command {
    let words = try ShellWords.split(text)
    guard let program = words.first else {
      throw CommandError("an empty command", at: 0, suggestion: "kubectl … or aws …")
    }
    var arguments = Arguments(words: Array(words.dropFirst()), end: text.utf8.count)
    switch program.text {
    case "kubectl": return .kubectl(try KubectlParser.parse(&arguments))
    case "aws":
      let (command, region) = try AWSParser.parse(&arguments)
      return .aws(command, region: region)
    default:
      let name = program.text ?? "$(…)"
      throw CommandError(
        "\(name): command not found", at: program.offset,
        suggestion: Spelling.suggestion(for: name, among: ["kubectl", "aws"])
          ?? "understood: " + summary)
    }
  }

  static let kubectlVerbs = ["scale", "delete", "get", "apply", "cordon", "uncordon", "drain"]

  private static let summary =
    "kubectl \(kubectlVerbs.joined(separator: "|")), "
    + "aws ec2 \(AWSParser.ec2Operations.joined(separator: "|")), "
    + "aws autoscaling \(AWSParser.autoScalingOperations.joined(separator: "|"))"
}
