import { createPrivateKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import { createCertificates } from './certificates';

describe('createCertificates', () => {
  it('makes a server certificate that its authority vouches for', () => {
    const { authority, server } = createCertificates();
    const issuer = new X509Certificate(authority.certificate);
    const certificate = new X509Certificate(server.certificate);
    expect(issuer.ca).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkPrivateKey(createPrivateKey(server.key))).toBe(
      true,
    );
    // A padded serial number is refused by the API server, and by nothing else.
    for (const pem of [authority.certificate, server.certificate]) {
      const { serialNumber } = forge.pki.certificateFromPem(pem);
      expect(serialNumber).toMatch(/^[4-7][0-9a-f]{31}$/);
    }
  });
});
