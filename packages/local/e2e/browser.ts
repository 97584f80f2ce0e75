import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserContext, chromium, Page } from 'playwright-core';
import { baseUrl, home } from './portal';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with one page, what its console complained about and whom it called. */
export interface Visit {
  readonly page: Page;
  /** Console errors and uncaught exceptions, with the page's path. */
  readonly complaints: string[];
  /** Hosts other than the portal's that the page asked for. */
  readonly strangers: string[];
  close(): Promise<void>;
}

/** Opens Chromium with a fresh profile. */
export async function open(
  options: { width?: number; height?: number; dark?: boolean } = {},
): Promise<Visit> {
  const profile = mkdtempSync(join(tmpdir(), 'waymark-browser-'));
  const context: BrowserContext = await chromium.launchPersistentContext(
    profile,
    {
      executablePath: process.env.WAYMARK_CHROMIUM ?? '/usr/bin/chromium',
      args,
      viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
      colorScheme: options.dark ? 'dark' : 'light',
      permissions: ['clipboard-read', 'clipboard-write'],
    },
  );
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error') {
      complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`);
    }
  });
  page.on('pageerror', error => {
    complaints.push(`${new URL(page.url()).pathname}: ${error.message}`);
  });
  page.on('request', request => {
    const url = new URL(request.url());
    if (
      /^https?:|^wss?:/.test(url.protocol) &&
      url.host !== new URL(baseUrl).host
    ) {
      strangers.push(url.host);
    }
  });
  return {
    page,
    complaints,
    strangers,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Signs in through the sign-in page as a person of the sample organisation. */
export async function signIn(page: Page, displayName: string): Promise<void> {
  await page.goto(`${baseUrl}/`);
  await page
    .getByRole('button', { name: new RegExp(displayName) })
    .first()
    .click();
  await page
    .getByRole('link', { name: /Create New Service/ })
    .first()
    .waitFor();
}

/** Keeps a picture of the page under the data folder, for people who look into a failure. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = join(home, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
