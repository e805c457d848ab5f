/** What was asked, decided and done, in order: for administrators, kept apart from logs. */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.audit;
