/**
 * The rows of {@code benchmarks/run ciphers}. What a core does is counted in processor time, for us
 * and for OpenSSL: others who use the machine change the wall's clock, not that.
 */
package org.noports.benchmarks.ciphers;
