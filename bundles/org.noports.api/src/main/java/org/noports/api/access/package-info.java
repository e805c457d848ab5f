/** Access for a time: who asks for it, who grants it, and until when it holds (docs/policy.md). */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.access;
