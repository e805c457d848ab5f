/**
 * Enrollments: which keys beside the first may speak for an atSign, and for which of its
 * namespaces; and the passcodes by which somebody may ask for that.
 *
 * <p>Names and forms of what is stored are fixed by docs/protocol/atprotocol.md 3.5 to 3.7. No verb
 * and no connection is seen here.
 */
package org.noports.atserver.host.enrollment;
