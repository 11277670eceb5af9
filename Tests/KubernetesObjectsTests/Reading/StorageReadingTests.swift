import KubernetesObjects
import Testing

/// Volumes, claims, classes and drivers as the API gives them.
@Suite struct StorageReadingTests {
  private func object(_ text: String) throws -> ManifestObject {
    let set = read(text)
    #expect(set.texts == [])
    return try #require(set.objects.first)
  }

  @Test("An EBS volume as its driver makes it")
  func volume() throws {
    let object = try object(
      """
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: pvc-1, labels: {topology.kubernetes.io/zone: us-east-1a}}
      spec:
        capacity: {storage: 20Gi}
        accessModes: [ReadWriteOnce]
        storageClassName: gp3
        volumeMode: Filesystem
        persistentVolumeReclaimPolicy: Delete
        claimRef: {apiVersion: v1, kind: PersistentVolumeClaim, namespace: db, name: data-0, uid: u}
        csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0abc, fsType: ext4}
        nodeAffinity:
          required:
            nodeSelectorTerms:
            - matchExpressions:
              - {key: topology.ebs.csi.aws.com/zone, operator: In, values: [us-east-1a]}
      status: {phase: Bound}
      """)
    guard case .persistentVolume(let volume) = object else { throw Unexpected() }
    #expect(volume.capacity == Quantity(value: 20 << 30))
    #expect(volume.source == .csi(driver: "ebs.csi.aws.com", handle: "vol-0abc"))
    #expect(volume.claim == .init(namespace: "db", name: "data-0") && volume.phase == .bound)
    #expect(volume.reaches(["topology.ebs.csi.aws.com/zone": "us-east-1a"]))
    #expect(!volume.reaches(["topology.ebs.csi.aws.com/zone": "us-east-1b"]))
  }

  @Test("A claim is bound once its binding is complete")
  func claim() throws {
    func claim(_ metadata: String, _ more: String) throws -> PersistentVolumeClaim {
      let object = try object(
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data\(metadata)}
        spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}, \
        volumeName: pvc-1}
        \(more)
        """)
      guard case .persistentVolumeClaim(let claim) = object else { throw Unexpected() }
      return claim
    }
    #expect(try !claim("", "").isBound)
    #expect(try claim("", "status: {phase: Bound}").isBound)
    let complete = ", annotations: {pv.kubernetes.io/bind-completed: \"yes\"}"
    #expect(try claim(complete, "").isBound)
    #expect(try claim("", "").accessModes == [.readWriteOncePod])
    #expect(try claim("", "").storageClassName == nil)
  }

  @Test("A class binds at once unless it says otherwise; one may be the default")
  func storageClass() throws {
    let object = try object(
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: gp3, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
      provisioner: ebs.csi.aws.com
      parameters: {type: gp3}
      reclaimPolicy: Delete
      allowedTopologies:
      - matchLabelExpressions:
        - {key: topology.kubernetes.io/zone, values: [us-east-1a]}
      """)
    guard case .storageClass(let found) = object else { throw Unexpected() }
    #expect(found.bindingMode == .immediate && found.isDefault && found.isZonal)
    #expect(found.admits(["topology.kubernetes.io/zone": "us-east-1a"]))
    #expect(!found.admits(["topology.kubernetes.io/zone": "us-east-1b"]))
  }

  @Test("A node's drivers tell how many volumes they attach")
  func csiNode() throws {
    let object = try object(
      """
      apiVersion: storage.k8s.io/v1
      kind: CSINode
      metadata: {name: ip-10-0-0-1.ec2.internal}
      spec:
        drivers:
        - {name: ebs.csi.aws.com, nodeID: i-1, topologyKeys: [a], allocatable: {count: 26}}
        - {name: efs.csi.aws.com, nodeID: i-1, topologyKeys: null}
      """)
    guard case .csiNode(let node) = object else { throw Unexpected() }
    #expect(node.drivers.map(\.attachLimit) == [26, nil])
  }

  private struct Unexpected: Error {}
}
