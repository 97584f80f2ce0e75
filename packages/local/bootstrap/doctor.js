/** @returns {Promise<number>} exit status */
async function doctor() {
  return 0;
}
module.exports = { doctor };
