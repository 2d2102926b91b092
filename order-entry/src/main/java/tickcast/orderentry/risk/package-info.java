/**
 * The risk checks of orders, before they are written: limits, what each account has open and holds, and the verdict. Pure:
 * requests, reports and limits go in, refusals come out; no journal, no clock, no JSON.
 */
package tickcast.orderentry.risk;
