import Scenarios
import Testing

struct TextTableTests {
  private static let day: Int64 = 86_400

  private static let knownAges: [(seconds: Int64, text: String)] = [
    (-5, "<invalid>"), (-1, "0s"), (0, "0s"), (75, "75s"), (119, "119s"), (120, "2m"),
    (200, "3m20s"), (599, "9m59s"), (600, "10m"), (5_700, "95m"), (10_800, "3h"),
    (14_700, "4h5m"), (28_800, "8h"), (30 * 3600, "30h"), (2 * day, "2d"),
    (3 * day + 14_400, "3d4h"), (8 * day, "8d"), (200 * day, "200d"), (730 * day, "2y"),
    (1_115 * day, "3y20d"), (3_286 * day, "9y"),
  ]

  @Test("ages are printed as the API server does", arguments: knownAges)
  func ages(seconds: Int64, text: String) {
    #expect(HumanAge.text(for: .seconds(seconds)) == text)
  }

  @Test("pods are printed in kubectl's columns, and more of them when wide")
  func pods() {
    let table = TextTable.pods([
      PodTableRow(
        namespace: "default", name: "web-7d4b9c-x2x4k", readyContainers: 1, containers: 1,
        status: "Running", restarts: 3, sinceLastRestart: .seconds(300), age: .seconds(3600),
        ip: "10.0.0.7", node: "ip-10-0-0-1"),
      PodTableRow(
        namespace: "default", name: "web-7d4b9c-9zzzz", readyContainers: 0, containers: 1,
        status: "Pending", age: .seconds(5)),
    ])
    #expect(
      table.text() == """
        NAME               READY   STATUS    RESTARTS     AGE
        web-7d4b9c-x2x4k   1/1     Running   3 (5m ago)   60m
        web-7d4b9c-9zzzz   0/1     Pending   0            5s

        """)
    #expect(
      table.text(wide: true, headers: false).hasSuffix(
        "5s    <none>     <none>        <none>   <none>\n"))
    #expect(
      table.prefixed(byNamespaces: ["default", "shop"]).text().contains(
        "\nshop        web-7d4b9c-9zzzz"))
  }

  @Test("nodes show their state and whether they are cordoned")
  func nodes() {
    let table = TextTable.nodes([
      NodeTableRow(name: "n1", isReady: true, age: .seconds(100), version: "v1.36.2"),
      NodeTableRow(
        name: "n2", isReady: false, isUnschedulable: true, age: .seconds(100), version: "v1.36.2"),
    ])
    #expect(
      table.text() == """
        NAME   STATUS                        ROLES    AGE    VERSION
        n1     Ready                         <none>   100s   v1.36.2
        n2     NotReady,SchedulingDisabled   <none>   100s   v1.36.2

        """)
  }

  @Test("deployments, replica sets, daemon sets and events have their columns")
  func others() {
    #expect(
      TextTable.deployments([
        DeploymentTableRow(
          namespace: "default", name: "web", ready: 9, desired: 12, upToDate: 12, available: 9,
          age: .seconds(600))
      ]).text() == """
        NAME   READY   UP-TO-DATE   AVAILABLE   AGE
        web    9/12    12           9           10m

        """)
    #expect(
      TextTable.replicaSets([
        ReplicaSetTableRow(
          namespace: "default", name: "web-7d4b9c", desired: 3, current: 3, ready: 2,
          age: .seconds(60), containers: ["nginx"], images: ["nginx:1"], selector: "app=web")
      ]).text(wide: true) == """
        NAME         DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES    SELECTOR
        web-7d4b9c   3         3         2       60s   nginx        nginx:1   app=web

        """)
    #expect(
      TextTable.daemonSets([
        DaemonSetTableRow(
          namespace: "kube-system", name: "aws-node", desired: 3, current: 3, ready: 3,
          upToDate: 3, available: 3, age: .seconds(60))
      ]).text().contains("aws-node   3         3         3       3            3           <none>"))
    #expect(
      TextTable.events([
        EventTableRow(
          namespace: "default", sinceLastSeen: .seconds(3), sinceFirstSeen: .seconds(9),
          type: "Warning", reason: "FailedScheduling", object: "pod/web-1", message: "0/3 nodes")
      ]).text() == """
        LAST SEEN   TYPE      REASON             OBJECT      MESSAGE
        3s          Warning   FailedScheduling   pod/web-1   0/3 nodes

        """)
  }
}
