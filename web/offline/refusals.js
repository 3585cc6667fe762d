/**
 * What the policy has refused since the page began to run: the browser tells of it once, and keeps no list. So this
 * listens from the first module on, for a ledger that comes later.
 *
 * @module
 */

/** @type {SecurityPolicyViolationEvent[]} */
const told = [];
document.addEventListener('securitypolicyviolation', (event) => { told.push(event); });

/** @param {(event: SecurityPolicyViolationEvent) => void} listener Called for each, those of before first. */
export function onRefusal(listener) {
  told.forEach(listener);
  document.addEventListener('securitypolicyviolation', listener);
}
