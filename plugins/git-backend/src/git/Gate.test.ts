import { Gate } from './Gate';

describe('Gate', () => {
  it('lets in as many as there are places, then in order', async () => {
    const gate = new Gate({ places: 1, maxWaiting: 2 });
    const leave = await gate.enter();
    const order: string[] = [];
    const second = gate.enter().then(next => {
      order.push('second');
      return next;
    });
    const third = gate.enter().then(next => {
      order.push('third');
      return next;
    });
    await expect(gate.enter()).rejects.toThrow('Too many Git transfers');
    leave();
    leave();
    (await second)();
    await third;
    expect(order).toEqual(['second', 'third']);
  });

  it('forgets who no longer waits', async () => {
    const gate = new Gate({ places: 1, maxWaiting: 1 });
    const leave = await gate.enter();
    const impatient = new AbortController();
    const waiting = gate.enter(impatient.signal);
    impatient.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const patient = gate.enter();
    leave();
    await patient;
  });
});
