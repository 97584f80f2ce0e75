/** Thrown where a delivery cannot succeed as the repository stands; the message is for its owner. @internal */
export class DeliveryFailure extends Error {
  override readonly name = 'DeliveryFailure';
}
