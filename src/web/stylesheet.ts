/** The one stylesheet of all pages: no script, no font or picture from elsewhere, readable in light and dark. */

export const STYLESHEET_PATH = '/assets/tandem.css';

export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #1c2430; --quiet: #5a6675; --line: #d9dee5;
  --accent: #0b5cad; --accent-ink: #ffffff; --wrong: #a3211b; --wrong-ground: #fdeeed; --good-ground: #eaf5ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --card: #1d232b; --ink: #e8ecf1; --quiet: #a2aebc; --line: #343d48;
    --accent: #6cb0f5; --accent-ink: #0c1a29; --wrong: #ff9d95; --wrong-ground: #3a1f1e; --good-ground: #1c3324;
  }
}
* { box-sizing: border-box }
html { background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: break-word }
body { margin: 0 }
a { color: var(--accent) }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card) }
.top { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.5rem;
  background: var(--card); border-bottom: 1px solid var(--line) }
.top .brand { font-weight: 700; color: inherit; text-decoration: none }
.top nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; flex: 1 }
.top form { display: flex; align-items: center; gap: .75rem; margin: 0 }
main { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem }
main.narrow { max-width: 26rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem }
p { margin: .5rem 0 1rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.5rem }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); list-style: none; padding: 0 }
.cards h2 { margin: 0 0 .25rem }
.quiet { color: var(--quiet) }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem }
.hint { color: var(--quiet); font-size: .9rem; margin: .25rem 0 0 }
input[type=text], input[type=password] { width: 100%; padding: .6rem .7rem; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--quiet); border-radius: .4rem }
input[readonly] { border-style: dashed; color: var(--quiet) }
button { font: inherit; font-weight: 600; padding: .6rem 1.2rem; border: 1px solid var(--accent); border-radius: .4rem;
  background: var(--accent); color: var(--accent-ink); cursor: pointer }
form > button { margin-top: 1.5rem }
button.plain { margin: 0; padding: .3rem .8rem; background: transparent; color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.wrong, .good { padding: .75rem 1rem; border-radius: .4rem; border-left: 4px solid }
.wrong { color: var(--wrong); background: var(--wrong-ground) }
.good { background: var(--good-ground) }
code { font-size: .92em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
.n { text-align: right; font-variant-numeric: tabular-nums }
`;
