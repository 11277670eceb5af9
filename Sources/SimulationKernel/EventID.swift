/// Names one scheduled event, so that it can be canceled.
///
/// A slot is used again after its event was handled or canceled; the generation tells the uses
/// apart. An id of an earlier use cancels nothing. The generation is the low half of the event's
/// sequence number, so two uses of one slot could be confused only if exactly a multiple of 2³²
/// events were scheduled between them.
@frozen
public struct EventID: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var slot: UInt32
  @usableFromInline var generation: UInt32

  @inlinable
  init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }
}
