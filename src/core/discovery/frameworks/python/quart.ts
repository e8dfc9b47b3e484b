import { flaskModel } from './flask';
import type { FrameworkModel } from '../model';

/** Quart has Flask's interface, with coroutines. */
export const quart: FrameworkModel = flaskModel('quart', ['quart'], ['Quart']);
