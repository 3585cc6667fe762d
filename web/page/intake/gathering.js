/**
 * Photos gathered from files and folders, and a count of what was left out. Folders are walked to a limit: somebody may
 * drop a whole disk.
 *
 * @module
 */

/** @import { Kind } from './kinds.js' */
import { isHidden, kindOf } from './kinds.js';

/**
 * @typedef {object} Incoming
 * @property {File} file
 * @property {string} path of its folder, below the one that was chosen: `day 1/morning`; '' for that one, and for a file
 *   that came alone
 *
 * @typedef {'choose' | 'folder' | 'drop' | 'paste' | 'open' | 'sample'} Way
 *
 * @typedef {object} About What is to be said about what came in.
 * @property {Way} way
 * @property {number} photos
 * @property {Partial<Record<Kind, number>>} skipped files that are no photos
 * @property {number} unreadable files and folders
 * @property {boolean} folders whether there were any
 * @property {boolean} full whether there were more photos than are taken at once
 * @property {boolean} deep whether some folders lay too deep to be looked into
 *
 * @typedef {object} Place A file or a folder, whatever interface it came by.
 * @property {string} name
 * @property {boolean} isFolder
 * @property {() => Promise<File>} file
 * @property {() => AsyncIterable<Place>} places what is in the folder
 */

export const MOST_PHOTOS = 2000;
export const MOST_LEVELS = 12;
/** Of files and folders that are looked at to find photos. */
const MOST_PLACES = 50_000;

export class Gathering {
  /** @type {Incoming[]} */
  #incoming = [];
  #seen = 0;
  /** @type {About} */
  #about;

  /** @param {Way} way */
  constructor(way) {
    this.#about = { way, photos: 0, skipped: {}, unreadable: 0, folders: false, full: false, deep: false };
  }

  get about() {
    return { ...this.#about, photos: this.#incoming.length };
  }

  /** In the order in which a person would look for them, "2" before "10". */
  get incoming() {
    const { compare } = new Intl.Collator(undefined, { numeric: true });
    return this.#incoming.toSorted((a, b) => compare(a.path, b.path) || compare(a.file.name, b.file.name));
  }

  /**
   * A file that a person chose by itself. One that says nothing of what it is counts as a photo: the pipeline looks at
   * its bytes.
   *
   * @param {File} file
   */
  addFile(file) {
    const kind = kindOf(file);
    this.#take(file, '', kind === 'unknown' ? 'photo' : kind);
  }

  /**
   * A file of a folder.
   *
   * @param {File} file
   * @param {string[]} folders from the outermost to its own
   */
  addFromFolder(file, folders) {
    this.#about.folders = true;
    if (![...folders, file.name].some(isHidden)) this.#take(file, folders.join('/'), kindOf(file));
  }

  /**
   * A file or a folder that a person chose, a folder with all that is in it.
   *
   * @param {Place} place
   * @param {boolean} isAlone Of one folder the name says nothing; of several it tells their photos apart.
   * @param {(photos: number) => void} onlooking Told again and again how many there are so far.
   */
  async add(place, isAlone, onlooking) {
    if (place.isFolder) {
      await this.#walk(place, isAlone ? [] : [place.name], 1, onlooking);
    } else {
      const file = await this.#read(place);
      if (file) this.addFile(file);
    }
  }

  /**
   * @param {Place} folder
   * @param {string[]} path
   * @param {number} level
   * @param {(photos: number) => void} onlooking
   * @returns {Promise<void>}
   */
  async #walk(folder, path, level, onlooking) {
    this.#about.folders = true;
    if (level > MOST_LEVELS) {
      this.#about.deep = true;
      return;
    }
    try {
      for await (const place of folder.places()) {
        if (this.#isFull()) return;
        if (isHidden(place.name)) continue;
        if (place.isFolder) {
          await this.#walk(place, [...path, place.name], level + 1, onlooking);
        } else {
          const file = await this.#read(place);
          if (file) this.addFromFolder(file, path);
        }
        onlooking(this.#incoming.length);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {Place} place @returns {Promise<File | null>} */
  async #read(place) {
    try {
      return await place.file();
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    console.warn(error);
    this.#about.unreadable += 1;
  }

  /**
   * @param {File} file
   * @param {string} path
   * @param {Kind} kind
   */
  #take(file, path, kind) {
    if (this.#isFull()) return;
    this.#seen += 1;
    if (kind === 'photo') this.#incoming.push({ file, path });
    else this.#about.skipped[kind] = (this.#about.skipped[kind] ?? 0) + 1;
  }

  /** Asked before one more is taken. */
  #isFull() {
    const full = this.#incoming.length >= MOST_PHOTOS || this.#seen >= MOST_PLACES;
    this.#about.full ||= full;
    return full;
  }
}
