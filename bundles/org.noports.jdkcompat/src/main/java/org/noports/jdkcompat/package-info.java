/**
 * Lets Karaf 4.4's shell find its user on JDK 24 and later, where {@code Subject.getSubject} throws
 * and {@code AccessController.doPrivileged} no longer carries a subject (JEP 486).
 *
 * <p>A weaving hook retargets these calls in Karaf's own bundles to {@link
 * org.noports.jdkcompat.CurrentSubject}; on older JDKs it is not registered. The package is
 * exported for the woven classes alone. Goes away with the Karaf release that no longer makes the
 * calls.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.jdkcompat;
