import { CloudEvent, HTTP } from 'cloudevents';
import { serviceEvent } from './__fixtures__/cdevents';
import { cloudEventMode, readCloudEvents } from './cloudevents';

describe('readCloudEvents', () => {
  const event = new CloudEvent(serviceEvent('deployed'));

  it('reads the same event in structured, batch and binary mode', () => {
    const structured = HTTP.structured(event);
    const binary = HTTP.binary(event);
    const requests = [
      { headers: structured.headers, body: structured.body },
      {
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: `[${structured.body}]`,
      },
      { headers: binary.headers, body: binary.body },
    ];
    const modes = requests.map(({ headers }) =>
      cloudEventMode(headers as Record<string, string>),
    );
    expect(modes).toEqual(['structured', 'batch', 'binary']);
    for (const { headers, body } of requests) {
      const [read] = readCloudEvents(
        headers as Record<string, string>,
        JSON.parse(String(body)),
      );
      expect(read).toMatchObject({
        value: {
          id: '271069a8-fc18-44f1-b38f-9d70a1695819',
          source: '/pipelines/shop',
          data: { subject: { id: 'checkout' } },
        },
      });
    }
  });

  it('reads each event of a batch by itself', () => {
    const read = readCloudEvents(
      { 'content-type': 'application/cloudevents-batch+json' },
      [serviceEvent('deployed'), { specversion: '1.0' }, null],
    );
    expect(read).toEqual([
      { value: expect.anything() },
      {
        rejected: { field: 'id', message: 'id must be a text, and is missing' },
      },
      {
        rejected: {
          field: 'body',
          message: 'body must be an object, not null',
        },
      },
    ]);
  });

  it('reads data in Base64 and decodes headers', () => {
    const { data, ...rest } = serviceEvent('deployed');
    const data_base64 = Buffer.from(JSON.stringify(data)).toString('base64');
    expect(readCloudEvents({}, { ...rest, data_base64 })[0]).toMatchObject({
      value: { data: { subject: { id: 'checkout' } } },
    });
    expect(
      readCloudEvents({}, { ...rest, data_base64: '%%%' })[0],
    ).toMatchObject({ rejected: { field: 'data_base64' } });
    const headers = {
      'ce-specversion': '1.0',
      'ce-id': 'a%20b',
      'ce-source': '%E0%A4%A',
      'ce-type': 'x',
    };
    expect(readCloudEvents(headers, {})[0]).toMatchObject({
      value: { id: 'a b', source: '%E0%A4%A' },
    });
  });
});
