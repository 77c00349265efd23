import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** One process for all, and graphics by an emulated GPU, which take more of the processor than drawing without one. */
const UNWANTED =
  /^--(single-process|no-zygote|in-process-gpu|ignore-gpu-blocklist|use-gl=|use-angle=|enable-unsafe-swiftshader)/;

/**
 * The Chromium that the npm package `@sparticuz/chromium` carries, so that npm alone brings everything
 * that the browser tests need.
 */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      ...chromium.args.filter((flag) => !UNWANTED.test(flag)),
      '--disable-gpu',
      // The pages of a context share what is compiled of their scripts, a third of the time that a page needs to start.
      '--renderer-process-limit=1',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    headless: true,
  });
}
