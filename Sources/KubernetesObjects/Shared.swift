/// An immutable value held once and referred to by many: a copy costs a reference count.
///
/// A hundred thousand pods of one template share one spec.
@dynamicMemberLookup
public struct Shared<Value: Sendable>: Sendable {
  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let value: Value
    @usableFromInline init(_ value: Value) { self.value = value }
  }

  @usableFromInline let box: Box

  @inlinable
  public init(_ value: Value) { box = Box(value) }

  @inlinable
  public var value: Value { _read { yield box.value } }

  @inlinable
  public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    box.value[keyPath: path]
  }

  /// Whether both are the same stored value; equal values stored twice are not.
  @inlinable
  public func isIdentical(to other: Shared) -> Bool { box === other.box }

  /// Tells specs apart in caches within one run; never printed, never ordered by.
  @inlinable
  public var identity: ObjectIdentifier { ObjectIdentifier(box) }
}
