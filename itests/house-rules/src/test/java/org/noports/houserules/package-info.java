/**
 * The rules of the house (docs/decisions/0001-the-house.md), held against what was built. Each test
 * names what breaks a rule and says which rule it is.
 */
package org.noports.houserules;
