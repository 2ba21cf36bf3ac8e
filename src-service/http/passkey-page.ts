import { passkeyAnswerPath, passkeyScriptPath } from '../../src-shared/contracts/sign-on-api.ts';
import type { PasskeyPage } from '../service/passkeys.ts';
import { escaped, html, scriptedPageHeaders } from './sign-on-pages.ts';

export const passkeyPageHeaders = scriptedPageHeaders;

export const passkeyScriptHeaders = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

/** The page that asks an authenticator. Browsers want a click before they do. */
export function passkeyPage(page: PasskeyPage): string {
  const isNew = page.kind === 'new-passkey';
  const title = isNew ? 'Add a passkey to Rolegate' : 'Sign in to Rolegate';
  const button = isNew ? 'Make a passkey' : 'Use a passkey';
  const inner =
    `<p>Your browser asks for your fingerprint, face, PIN or security key.</p>` +
    `<p><button type="button" autofocus>${button}</button></p><p role="status"></p>` +
    `<noscript><p>This page needs JavaScript.</p></noscript><script src="${passkeyScriptPath}"></script>`;
  return html(title, inner, { main: ` data-passkey="${escaped(JSON.stringify(page))}"` });
}

/** The page's script, for browsers of the last years: bytes travel as base64url in both directions. */
export const passkeyScript = String.raw`'use strict';
const { kind, state, options } = JSON.parse(document.querySelector('main').dataset.passkey);
const button = document.querySelector('button');
const status = document.querySelector('[role=status]');

function bytes(text) {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
function text(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
async function make() {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = (options.excludeCredentials || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const publicKey = { ...options, user, excludeCredentials, challenge: bytes(options.challenge) };
  const { response, ...credential } = shown(await navigator.credentials.create({ publicKey }));
  const transports = response.getTransports ? response.getTransports() : [];
  return { ...credential, response: { ...texts(response, ['clientDataJSON', 'attestationObject']), transports } };
}
async function use() {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  const { response, ...credential } = shown(await navigator.credentials.get({ publicKey }));
  const names = ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle'];
  return { ...credential, response: texts(response, names) };
}
function shown({ id, rawId, type, response }) {
  return { id, rawId: text(rawId), type, response };
}
function texts(response, names) {
  return Object.fromEntries(names.filter((name) => response[name]).map((name) => [name, text(response[name])]));
}
async function send(answer) {
  const body = JSON.stringify({ state, answer });
  const reply = await fetch('${passkeyAnswerPath}', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { home, error } = await reply.json();
  if (!home) throw new Error([error.message, error.hint].filter(Boolean).join(' '));
  status.textContent = 'You are being taken back to Rolegate.';
  location.replace(home);
}
function reason(error) {
  if (error.name === 'InvalidStateError') return 'This device has a passkey of yours already.';
  if (error.name === 'NotAllowedError') return 'It was cancelled, or took too long. You can try again.';
  if (error.name === 'SecurityError') return 'The browser has no passkeys for this address. Its certificate may not be trusted.';
  return error.message;
}

if (!window.PublicKeyCredential) {
  button.disabled = true;
  status.textContent = 'This browser has no passkeys. Use another one.';
}
button.addEventListener('click', async () => {
  button.disabled = true;
  status.textContent = '';
  try {
    await send(await (kind === 'passkey' ? use() : make()));
  } catch (error) {
    status.textContent = reason(error);
    button.disabled = false;
  }
});
`;
