/**
 * What is decided on: the request, its device, and what is known of its circumstances. Values only;
 * free to change, since no peer sees them.
 */
package org.noports.policy.rules.question;
