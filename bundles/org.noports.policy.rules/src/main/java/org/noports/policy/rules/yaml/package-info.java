/**
 * A small, strict YAML: texts, lists and fields, each with its line. The only package that knows
 * the YAML library. Free to change.
 */
package org.noports.policy.rules.yaml;
