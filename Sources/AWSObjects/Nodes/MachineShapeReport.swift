public import Documents

extension MachineShape {
  /// Writes the sheet as one JSON object; `sources` maps each figure to its mark and source.
  public func write(to writer: inout JSONWriter) {
    writer.object { json in
      json.field("instanceType", instanceType)
      json.field("era", era.rawValue)
      json.field("vcpus", Int(vcpus))
      json.field("memoryMiB", Int(memoryMiB))
      json.key("architecture")
      if let architecture { json.string(architecture) } else { json.null() }
      json.field("maxPods", Int(maxPods))
      json.key("capacity")
      json.object { json in
        Self.write(capacity, extendedResources, to: &json)
      }
      json.key("kubeReserved")
      json.object { json in
        json.field("cpu", "\(reservedCPUMillis)m")
        json.field("memory", "\(reservedMemoryMiB)Mi")
      }
      json.key("evictionHard")
      json.object { json in
        json.field("memory.available", "\(evictionMemoryMiB)Mi")
        json.field("nodefs.available", "10%")
      }
      json.key("allocatable")
      json.object { json in
        Self.write(allocatable, extendedResources, to: &json)
      }
      json.key("sources")
      json.object { json in
        for figure in figures {
          json.key(figure.name)
          json.object { json in
            json.field("value", figure.value)
            json.field("mark", figure.provenance.mark.rawValue)
            json.field("source", figure.provenance.source)
          }
        }
      }
    }
  }

  private static func write(
    _ resources: NodeResources, _ extended: [ExtendedResource], to json: inout JSONWriter
  ) {
    json.field("cpu", resources.cpuText)
    json.field("memory", resources.memoryText)
    json.field("pods", "\(resources.pods)")
    json.field("ephemeral-storage", resources.ephemeralStorageText)
    for resource in extended { json.field(resource.name, "\(resource.count)") }
  }

  /// The sheet as one JSON document.
  public var json: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.text
  }

  /// The sheet for people: one line a figure, aligned, with mark and source.
  public var text: String {
    func pad(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    let name = figures.map(\.name.count).max() ?? 0
    let value = figures.map(\.value.count).max() ?? 0
    let mark = figures.map(\.provenance.mark.rawValue.count).max() ?? 0
    var lines = ["\(instanceType), \(architecture ?? "no Kubernetes node"), era \(era.rawValue)"]
    for figure in figures {
      lines.append(
        "  \(pad(figure.name, name))  \(pad(figure.value, value))  "
          + "\(pad(figure.provenance.mark.rawValue, mark))  \(figure.provenance.source)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
