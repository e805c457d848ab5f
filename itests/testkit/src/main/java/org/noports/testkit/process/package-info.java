/**
 * The distribution as users run it: processes with arguments, output and exit codes, and the real
 * peers they meet (OpenSSH's server and client). For stories and benchmarks; nothing here knows an
 * implementation.
 */
package org.noports.testkit.process;
