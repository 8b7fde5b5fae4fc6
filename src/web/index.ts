/** The pages that people reach by a browser, and what stands behind their sign-in. */
export { startWeb, type Web, type WebOptions } from './server.ts';
export { INVITATION_PATH } from './signInRoutes.ts';
