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
    const waiting = gate.enter({ signal: impatient.signal });
    impatient.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const patient = gate.enter();
    leave();
    await patient;
  });

  it('keeps places and waiting lines free for others than one person', async () => {
    const gate = new Gate({ places: 4, maxWaiting: 4 });
    const leave = await gate.enter({ person: 'one' });
    await gate.enter({ person: 'one' });
    const order: string[] = [];
    const wait = (person: string, name: string) =>
      gate.enter({ person }).then(next => {
        order.push(name);
        return next;
      });
    const third = wait('one', 'third');
    wait('one', 'fourth').catch(() => {});
    await expect(gate.enter({ person: 'one' })).rejects.toThrow('Too many');
    const others = await Promise.all([
      wait('two', 'two'),
      wait('three', 'three'),
    ]);
    expect(order).toEqual(['two', 'three']);
    // A place that others leave is not one that the first person may have.
    others[0]();
    await gate.enter();
    expect(order).toEqual(['two', 'three']);
    leave();
    await third;
    expect(order).toEqual(['two', 'three', 'third']);
  });
});
