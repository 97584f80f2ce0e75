import { readOptions } from './options';

describe('readOptions', () => {
  it('takes the port from the option, then the environment, then 7007', () => {
    expect(readOptions(['--port', '7300'], { WAYMARK_PORT: '7301' }).port).toBe(
      7300,
    );
    expect(readOptions([], { WAYMARK_PORT: '7301' }).port).toBe(7301);
    expect(readOptions([], {}).port).toBe(7007);
  });

  it('takes the port of the metrics likewise, or 9464', () => {
    const env = { WAYMARK_METRICS_PORT: '9301' };
    expect(readOptions(['--metrics-port', '9300'], env).metricsPort).toBe(9300);
    expect(readOptions([], env).metricsPort).toBe(9301);
    expect(readOptions([], {}).metricsPort).toBe(9464);
  });

  it.each(['0', '80', '70000', 'http', '7007.5'])('refuses port %s', port => {
    expect(() => readOptions(['--port', port], {})).toThrow(
      'The port is a number from 1024 to 65535',
    );
  });

  it('keeps the data where WAYMARK_HOME says', () => {
    const options = readOptions([], { WAYMARK_HOME: '/srv/waymark' });
    expect(options.overlayFile).toBe('/srv/waymark/app-config.local.yaml');
    expect(options.logDirectory).toBe('/srv/waymark/logs');
  });

  it('names an option that does not exist', () => {
    expect(() => readOptions(['--prot', '1'], {})).toThrow('--prot');
  });
});
