/**
 * Recordings of what people do in the built-in SSH server: asciicast (version 2), sealed piece by
 * piece to an auditor's key, so that nobody here can read one or change it unseen. A session that
 * has to be recorded and cannot be any more ends. The form of the files is fixed
 * (docs/protocol/recording.md), the rest free to change.
 */
package org.noports.ssh.recording;
