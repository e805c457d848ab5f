/** The control path from the answering side: one story, AdmitSession. */
package org.noports.device;
