extension InstanceTypeCatalog {
  /// The sheet of the type called `name`: what `seatrial show instance-type` prints.
  public func shape(
    of name: String, rule: NodeAllocatable = NodeAllocatable()
  ) throws(UnknownInstanceType) -> MachineShape {
    MachineShape(try type(named: name), rule: rule, catalogSource: source)
  }
}
