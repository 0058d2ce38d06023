module.exports = {
  plugins: {
    'postcss-preset-mantine': {},
    'postcss-simple-vars': {
      variables: {
        'breakpoint-narrow': '30em',
        'breakpoint-wide': '56em',
      },
    },
  },
}
