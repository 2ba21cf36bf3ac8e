import type { Engines } from '../engine/engines.ts';
import type { Reply } from '../http/reply.ts';
import type { SandboxRequest } from '../http/request.ts';
import { accountId, homeRegion } from '../iam/account.ts';
import { type ConsolePath, consolePaths, hrefOf, knownRegion } from './destination.ts';
import { consolePage, iconPath, noticePage, signOutPath, stylePath } from './page.ts';
import type { ConsoleSessions } from './sessions.ts';
import { icon, styleSheet } from './style.ts';
import { listTables } from './tables.ts';

/** What the console works with. */
export interface ConsoleContext {
  sessions: ConsoleSessions;
  engines: Engines;
  notableRegions: readonly string[];
}

/**
 * Answers a browser that asks for a page of the console.
 *
 * @returns undefined when the console has no such page
 */
export async function answerConsole(request: SandboxRequest, context: ConsoleContext): Promise<Reply | undefined> {
  const { path, method } = request;
  if (path === signOutPath) return method === 'POST' ? signOut(request, context.sessions) : toHome();
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (path === '/') return toHome();
  if (path === stylePath) return asset('text/css; charset=utf-8', styleSheet);
  if (path === iconPath || path === '/favicon.ico') return asset('image/svg+xml', icon);
  const page = consolePaths.find((candidate) => candidate === path);
  return page && showPage(page, request, context);
}

async function showPage(path: ConsolePath, request: SandboxRequest, context: ConsoleContext): Promise<Reply> {
  const session = context.sessions.find(request);
  if (!session) {
    return noticePage(
      401,
      'You are not signed in',
      'Nobody is signed in to this console in this browser, or the session has ended.',
    );
  }
  const region = knownRegion(new URLSearchParams(request.query).get('region')) ?? homeRegion;
  return consolePage({
    page: { path, region },
    who: session.principal.sessionLabel ?? session.principal.arn,
    accountId,
    tables: await listTables(session.principal, region, context.engines),
    notableRegions: context.notableRegions,
  });
}

function signOut(request: SandboxRequest, sessions: ConsoleSessions): Reply {
  const cookie = sessions.end(request);
  const page = noticePage(200, 'You have signed out', 'The console session has ended.');
  return { ...page, headers: [...page.headers, ['Set-Cookie', cookie]] };
}

function toHome(): Reply {
  return { status: 302, headers: [['Location', hrefOf({ path: consolePaths[0], region: homeRegion })]], body: '' };
}

function asset(contentType: string, body: string): Reply {
  return {
    status: 200,
    headers: [
      ['Content-Type', contentType],
      ['Cache-Control', 'no-cache'],
      ['X-Content-Type-Options', 'nosniff'],
    ],
    body,
  };
}
