/** The audit as a device meets it, for tests that read it back. */
package org.noports.audit;
