/** How each part is, in its own words: every provider registers one check. */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.health;
