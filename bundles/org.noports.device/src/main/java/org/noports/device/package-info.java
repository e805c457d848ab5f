/**
 * The control path from the answering side: a device hears its clients through its atServer and
 * admits sessions. {@link org.noports.device.AdmitSession} is the one choke point that every
 * request which opens anything passes.
 *
 * <p>Message names, field order and the texts of refusals are fixed by the wire
 * (docs/protocol/noports.md 2); everything else is free to change.
 */
package org.noports.device;
