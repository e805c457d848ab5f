/** The built-in SSH server for devices without sshd, fed with streams; it never listens. */
package org.noports.ssh;
