/**
 * The form of a sealed recording of a terminal, which a device writes and an auditor opens
 * (docs/protocol/recording.md). Bytes only: no file, clock or random. The form is fixed by files
 * that were written; a new one has another first line.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.recording;
