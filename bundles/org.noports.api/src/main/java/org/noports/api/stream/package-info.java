/**
 * A stream of bytes between two places, whatever carries it, and the services that a stream can end
 * at inside the device's own JVM. Free to change with the package's version; no wire format.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.stream;
