/** Certificates for tests, made anew in a temporary folder: none is ever checked in. */
package org.noports.testkit.tls;
