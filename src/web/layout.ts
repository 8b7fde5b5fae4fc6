/**
 * The frame around every page: title, who is signed in, the links that their role may follow, the content.
 *
 * 1. Pages work without script and take nothing from another host; the stylesheet is our own.
 * 2. `html` escapes what is put into it; nothing here marks text as safe.
 */
import { html } from 'hono/html';
import { FORM_TOKEN_FIELD } from './formToken.ts';
import { STYLESHEET_PATH } from './stylesheet.ts';

export type Html = ReturnType<typeof html>;

/** A link in the top line and on the start page. */
export interface Section {
  readonly href: string;
  readonly title: string;
  /** One sentence: what is found there. */
  readonly about: string;
}

export interface Frame {
  readonly title: string;
  readonly content: Html;
  /** Of a page for somebody who is signed in. */
  readonly visitor?: { readonly name: string; readonly formToken: string; readonly sections: readonly Section[] };
  /** Forms and messages stand in a narrow column. */
  readonly narrow?: boolean;
}

export function page({ title, content, visitor, narrow = false }: Frame): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} - Tandem</title>
    <link rel="stylesheet" href="${STYLESHEET_PATH}">
  </head>
  <body>
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <a class="brand" href="/">Tandem</a>
      ${visitor === undefined ? '' : topLine(visitor)}
    </header>
    <main id="content" class="${narrow ? 'narrow' : 'wide'}">
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}

const topLine = ({ name, formToken, sections }: NonNullable<Frame['visitor']>): Html =>
  html`<nav aria-label="Sections">${sections.map(({ href, title }) => html`<a href="${href}">${title}</a>`)}</nav>
      <form method="post" action="/sign-out">
        ${tokenField(formToken)}
        <span class="quiet">${name}</span>
        <button class="plain">Sign out</button>
      </form>`;

/** What makes a form ours: each form that is posted carries it. */
export const tokenField = (formToken: string): Html =>
  html`<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}">`;

/** One line of a form. `hint` is read out with the field. */
export function field(options: {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autocomplete: 'username' | 'current-password' | 'new-password' | 'off';
  readonly value?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly readonly?: boolean;
  readonly minLength?: number;
}): Html {
  const { name, label, type, autocomplete, value = '', hint, required = false, readonly = false, minLength } = options;
  return html`<label for="${name}">${label}</label>
        <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${value}" maxlength="200"${
          minLength === undefined ? '' : html` minlength="${minLength}"`
        }${hint === undefined ? '' : html` aria-describedby="${name}-hint"`}${required ? html` required` : ''}${
          readonly ? html` readonly` : ''
        }>
        ${hint === undefined ? '' : html`<p class="hint" id="${name}-hint">${hint}</p>`}`;
}

/** A message of refusal, read out at once. */
export const wrong = (text: string): Html => html`<p class="wrong" role="alert">${text}</p>`;
