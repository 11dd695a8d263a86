/// EventBridge's part: functions that are called by the clock.
@NullMarked
package parley.serverless.schedule;

import org.jspecify.annotations.NullMarked;
