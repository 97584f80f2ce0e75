import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, PEM. @internal */
export interface CertificatePair {
  readonly certificate: string;
  readonly key: string;
}

/** The names under which the API server of the local cluster is reached, from this machine and from its pods. */
const SERVER_NAMES = [
  'localhost',
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
];
const SERVER_ADDRESSES = ['127.0.0.1', '10.96.0.1'];
const DAYS = 825;

/** A certificate authority for this one cluster, and the API server's certificate by it. @internal */
export function createCertificates(): {
  authority: CertificatePair;
  server: CertificatePair;
} {
  const authorityKey = rsaKey();
  const serverKey = rsaKey();
  const authorityName = [{ name: 'commonName', value: 'waymark-local-ca' }];
  const authority = certify({
    subject: authorityName,
    issuer: authorityName,
    publicKey: authorityKey.publicKey,
    signWith: authorityKey.privateKey,
    extensions: [
      {
        name: 'basicConstraints',
        critical: true,
        cA: true,
        pathLenConstraint: 0,
      },
      { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    ],
  });
  const server = certify({
    subject: [{ name: 'commonName', value: 'kube-apiserver' }],
    issuer: authorityName,
    publicKey: serverKey.publicKey,
    signWith: authorityKey.privateKey,
    extensions: [
      { name: 'basicConstraints', critical: true, cA: false },
      {
        name: 'keyUsage',
        critical: true,
        digitalSignature: true,
        keyEncipherment: true,
      },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...SERVER_NAMES.map(value => ({ type: 2, value })),
          ...SERVER_ADDRESSES.map(ip => ({ type: 7, ip })),
        ],
      },
    ],
  });
  return {
    authority: { certificate: authority, key: authorityKey.privateKey },
    server: { certificate: server, key: serverKey.privateKey },
  };
}

/** An RSA key pair, PEM. Made by Node: the library's own takes seconds. @internal */
export function rsaKey(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

interface CertifyOptions {
  subject: forge.pki.CertificateField[];
  issuer: forge.pki.CertificateField[];
  publicKey: string;
  signWith: string;
  extensions: object[];
}

function certify(options: CertifyOptions): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(options.publicKey);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = new Date(Date.now() - 60 * 60 * 1000);
  certificate.validity.notAfter = new Date(
    Date.now() + DAYS * 24 * 60 * 60 * 1000,
  );
  certificate.setSubject(options.subject);
  certificate.setIssuer(options.issuer);
  certificate.setExtensions(options.extensions);
  certificate.sign(
    forge.pki.privateKeyFromPem(options.signWith),
    forge.md.sha256.create(),
  );
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}

/**
 * A positive number (RFC 5280, 4.1.2.2) in as few bytes as it needs (X.690, 8.3.2): the first is 0x40 to 0x7f.
 * Go refuses a certificate with one that is padded.
 */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] & 0x3f) | 0x40;
  return bytes.toString('hex');
}
