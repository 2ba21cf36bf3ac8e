import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

describe('a template', () => {
  it('escapes what is put into it, in text and in attributes', () => {
    const name = `"><script>alert(1)</script>`;
    expect(html`<a title="${name}">${name}</a>`.source).not.toMatch(/<script/);
    expect(html`<b>${3}</b>`.source).toBe('<b>3</b>');
  });

  it('takes templates and lists of them as they are', () => {
    const rows = ['a', '<'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${rows}</ul>`.source).toBe('<ul><li>a</li><li>&lt;</li></ul>');
  });
});
