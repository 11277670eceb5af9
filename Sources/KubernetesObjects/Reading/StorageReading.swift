import Documents

extension ManifestReader {
  mutating func persistentVolume(_ cursor: DocumentCursor) -> PersistentVolume? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let phase = cursor.field("status")?.field("phase")?.choice(PersistentVolume.Phase.self)
    guard let metadata = metadata(cursor, namespaced: false), let spec = cursor.required("spec"),
      spec.expectMapping()
    else { return nil }
    let capacity = spec.required("capacity")?.resourceList()["storage"] ?? Quantity(value: 0)
    var volume = PersistentVolume(
      metadata: metadata, capacity: capacity, source: spec.persistentVolumeSource())
    volume.storageClassName =
      metadata.annotations["volume.beta.kubernetes.io/storage-class"]
      ?? spec.field("storageClassName")?.apiString() ?? ""
    volume.accessModes = spec.field("accessModes")?.accessModes() ?? []
    volume.volumeMode = spec.field("volumeMode")?.choice(VolumeMode.self) ?? .filesystem
    if let claim = spec.field("claimRef"), claim.expectMapping() {
      volume.claim = PersistentVolume.ClaimReference(
        namespace: claim.field("namespace")?.apiString() ?? "default",
        name: claim.required("name")?.apiString() ?? "")
    }
    volume.nodeAffinity = spec.field("nodeAffinity")?.field("required")?
      .required("nodeSelectorTerms")?.nodeTerms()
    volume.phase = phase ?? .available
    return volume
  }

  mutating func persistentVolumeClaim(_ cursor: DocumentCursor) -> PersistentVolumeClaim? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    let phase = cursor.field("status")?.field("phase")?.choice(PersistentVolumeClaim.Phase.self)
    guard let metadata = metadata(cursor, namespaced: true), let spec = cursor.required("spec"),
      spec.expectMapping()
    else { return nil }
    spec.ignore("dataSource", "dataSourceRef", "volumeAttributesClassName")
    defer { spec.reportUnknownFields(severity: .warning) }
    let request = spec.field("resources")?.field("requests")?.resourceList()["storage"]
    var claim = PersistentVolumeClaim(metadata: metadata, request: request ?? Quantity(value: 0))
    claim.storageClassName =
      metadata.annotations["volume.beta.kubernetes.io/storage-class"]
      ?? spec.field("storageClassName")?.apiString()
    claim.accessModes = spec.field("accessModes")?.accessModes() ?? []
    claim.volumeMode = spec.field("volumeMode")?.choice(VolumeMode.self) ?? .filesystem
    claim.selector = spec.field("selector")?.labelSelector()
    claim.volumeName = spec.field("volumeName")?.apiString().flatMap { $0.isEmpty ? nil : $0 }
    claim.phase = phase ?? .pending
    claim.isBound =
      claim.volumeName != nil
      && (metadata.annotations["pv.kubernetes.io/bind-completed"] != nil || phase == .bound)
    claim.selectedNode = metadata.annotations["volume.kubernetes.io/selected-node"]
    return claim
  }

  mutating func storageClass(_ cursor: DocumentCursor) -> StorageClass? {
    cursor.ignore("parameters", "reclaimPolicy", "allowVolumeExpansion", "mountOptions")
    defer { cursor.reportUnknownFields(severity: .warning) }
    guard let metadata = metadata(cursor, namespaced: false),
      let provisioner = cursor.required("provisioner")?.apiString()
    else { return nil }
    var storageClass = StorageClass(metadata: metadata, provisioner: provisioner)
    if let mode = cursor.field("volumeBindingMode")?.choice(StorageClass.BindingMode.self) {
      storageClass.bindingMode = mode
    }
    storageClass.allowedTopologies =
      cursor.field("allowedTopologies")?.elements().map { term in
        term.field("matchLabelExpressions")?.elements().compactMap { part in
          part.required("key")?.apiString().map {
            .init(key: $0, values: part.field("values")?.strings() ?? [])
          }
        } ?? []
      } ?? []
    storageClass.isDefault =
      metadata.annotations["storageclass.kubernetes.io/is-default-class"] == "true"
      || metadata.annotations["storageclass.beta.kubernetes.io/is-default-class"] == "true"
    return storageClass
  }

  mutating func csiNode(_ cursor: DocumentCursor) -> CSINode? {
    defer { cursor.reportUnknownFields(severity: .warning) }
    guard let metadata = metadata(cursor, namespaced: false) else { return nil }
    let drivers = cursor.field("spec")?.field("drivers")?.elements() ?? []
    return CSINode(
      metadata: metadata,
      drivers: drivers.compactMap { driver in
        guard driver.expectMapping(), let name = driver.required("name")?.apiString() else {
          return nil
        }
        let count = driver.field("allocatable")?.field("count")?.int(atLeast: 0)
        driver.ignore("nodeID", "topologyKeys")
        driver.reportUnknownFields(severity: .warning)
        return CSINode.Driver(name: name, attachLimit: count)
      })
  }
}

extension DocumentCursor {
  func accessModes() -> [AccessMode] { elements().compactMap { $0.choice(AccessMode.self) } }

  fileprivate func persistentVolumeSource() -> PersistentVolume.Source {
    if let disk = field("csi"), disk.expectMapping() {
      return .csi(
        driver: disk.required("driver")?.apiString() ?? "",
        handle: disk.required("volumeHandle")?.apiString() ?? "")
    }
    if let disk = field("awsElasticBlockStore"), disk.expectMapping() {
      return .awsElasticBlockStore(volumeID: disk.required("volumeID")?.apiString() ?? "")
    }
    let known = [
      "local", "hostPath", "nfs", "iscsi", "fc", "rbd", "cephfs", "glusterfs", "azureDisk",
      "azureFile", "gcePersistentDisk", "vsphereVolume", "portworxVolume", "cinder", "storageos",
      "flexVolume", "flocker", "photonPersistentDisk", "quobyte", "scaleIO",
    ]
    return .other(known.first { node[$0] != nil } ?? "")
  }
}
