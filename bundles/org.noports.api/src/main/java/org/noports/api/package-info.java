/**
 * The words of the system: who (an {@link org.noports.api.AtSign}, a device), where (a {@link
 * org.noports.api.HostPort}), which session, and the one family of errors that a user can act on.
 *
 * <p>Values are records that refuse what is not valid; nothing here does I/O, owns a thread or
 * depends on anything but the JDK. Names and formats of atSigns, device names and session ids are
 * fixed by the wire; everything else is free to change with the package's version.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api;
