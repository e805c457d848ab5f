/**
 * The only JSON reader and writer of the project: values that keep the order of fields and the text
 * of numbers, so that what was signed can be written again byte for byte (docs/protocol/noports.md
 * 2.5).
 *
 * <p>The written form is fixed by the wire: compact, fields in the order they came, nothing escaped
 * that need not be. The limits and the Java shape are ours.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.json;
