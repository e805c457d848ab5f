/**
 * What users do, from end to end, against the distribution that was built: one class for each group
 * of stories. {@code …IT} classes on {@link org.noports.stories.Container} run inside one Karaf by
 * Pax Exam; the others start real processes and talk to them as a terminal would.
 */
package org.noports.stories;
