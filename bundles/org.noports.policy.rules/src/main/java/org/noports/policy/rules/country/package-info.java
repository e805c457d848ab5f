/**
 * Countries of addresses, from a file in MaxMind's format that an operator brings; the only package
 * that knows its reader. Free to change; the format is <a
 * href="https://maxmind.github.io/MaxMind-DB/">MaxMind DB 2.0</a>.
 */
package org.noports.policy.rules.country;
