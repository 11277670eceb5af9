import AWSObjects
import Foundation
import ScenarioFiles
import Scenarios
import Testing

struct ModelLibraryTests {
  @Test("the shipped models are read whole")
  func shipped() throws {
    let models = try ScenarioFolder.library.get()
    #expect(models.aws.instanceTypes["m5.large"]?.vcpus == 2)
    for name in ParameterName.allCases where name != .ec2BootToReady {
      #expect(models.law(name) != nil, "\(name.rawValue)")
    }
    #expect(models.law(.kubeletImagePull)?.value == .lognormal(median: .seconds(4), sigma: 0.5))
    for addon in Addon.installedByDefault {
      for era in Era.allCases { #expect(models.manifest(of: addon, in: era) != nil) }
    }
    #expect(models.manifest(of: .metricsServer, in: .february2019) == nil)
  }

  @Test("the folder is found by name, beside the executable, and upwards")
  func find() throws {
    let files = [
      "share/seatrial/models/aws/instance-types.csv": "", "bin/seatrial": "",
      "here/models/aws/instance-types.csv": "", "here/deep/er/x": "",
    ]
    try ScenarioFolder.with(files) { folder in
      func find(
        _ environment: [String: String], _ executable: String?, _ work: String
      ) throws -> String {
        try ModelLibrary.find(
          environment: environment, executable: executable, workingDirectory: work)
      }
      let installed = "\(folder)/share/seatrial/models"
      let local = "\(folder)/here/models"
      func expectSame(_ found: String, _ wanted: String) {
        let (a, b) = (URL(filePath: found), URL(filePath: wanted))
        #expect(a.resolvingSymlinksInPath() == b.resolvingSymlinksInPath())
      }
      try expectSame(find([:], "\(folder)/bin/seatrial", "/"), installed)
      try expectSame(find([:], nil, "\(folder)/here/deep/er"), local)
      try expectSame(find([:], "\(folder)/here/deep/er/x", "/"), local)
      #expect(
        try find(["SEATRIAL_MODELS": local], "\(folder)/bin/seatrial", "/") == local)
    }
  }

  @Test("a folder that is not there is named, with all that was tried")
  func missing() {
    let named = #expect(throws: ModelLibrary.Missing.self) {
      try ModelLibrary.find(
        environment: ["SEATRIAL_MODELS": "/nowhere"], executable: nil, workingDirectory: "/")
    }
    #expect(named?.tried == ["/nowhere"])
    let tried = #expect(throws: ModelLibrary.Missing.self) {
      try ModelLibrary.find(
        environment: [:], executable: "/nowhere/bin/seatrial", workingDirectory: "/nowhere/here")
    }
    #expect(tried?.tried.first == "/nowhere/share/seatrial/models")
    #expect(tried?.tried.contains("/nowhere/here/models") == true)
    #expect(tried?.description.contains("SEATRIAL_MODELS") == true)
  }

  @Test("models with mistakes are refused with all of them")
  func broken() throws {
    try ScenarioFolder.with(["aws/instance-types.csv": "instance_type\n"]) { folder in
      let error = #expect(throws: ModelLibrary.Broken.self) { try ModelLibrary.load(folder) }
      let text = error?.description ?? ""
      #expect(text.contains("column 'vcpus' is missing"))
      #expect(text.contains("aws/eks.yaml: error: the file is missing"))
    }
  }
}
