/**
 * SSH over streams inside a JVM: the built-in server of devices without sshd, as others see it, and
 * running one command over a stream. The protocol is that of RFC 4251 and its companions.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.ssh;
