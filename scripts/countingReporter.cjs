// Mocha's usual account, and the counts in the file that TANDEM_TEST_COUNTS names, for scripts/test.js.
// @ts-check
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class CountingReporter extends reporters.Spec {
  /** @param {any} runner @param {any} options */
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const file = process.env.TANDEM_TEST_COUNTS;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ passes, failures: failures + pending }));
    });
  }
}

module.exports = CountingReporter;
